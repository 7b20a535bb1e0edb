/** Which page of a list. */
export interface PageOptions {
  /** 1 to 200; 50 where it is not given. */
  limit?: number | undefined;
  /** `page.next` of the page before. */
  cursor?: string | undefined;
}

/** A page of a list. */
export interface Page<T> {
  data: T[];
  page: {
    /** The cursor of the next page; null where there is none. */
    next: string | null;
    limit: number;
  };
}
