// What strips the types, without its cache: that is a folder of a known name in the shared temporary folder,
// and whoever made it, another user too, writes the code that would be run from it.
process.env.TSX_DISABLE_CACHE ||= "1";
await import("tsx");
