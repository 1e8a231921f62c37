/** How a piece of a file travels, and how large it may be: what breaks off is sent again whole, so small pieces are better. */
export const PIECE_TYPE = 'application/offset+octet-stream';
export const PIECE_LIMIT = 4 * 1024 * 1024;
