import express from 'express';
import { sentMessage } from './sent-message.ts';

// What the gateway is measured against: the same request and answer, by Express alone.

const app = express();
app.get('/livez', (_request, response) => void response.json({}));
app.post('/api/v1/conversations/:conversation/messages', express.json(), (_request, response) => {
  response.status(201).json(sentMessage);
});
app.listen(Number(process.env['PORT']), '127.0.0.1');
