// Brings the request's multipart methods into view wherever a handler takes a FastifyRequest.
import '@fastify/multipart';
