/**
 * The embedded default backend: each job is a process of this machine, in a session of its own that
 * outlives the server. Settings below {@code interlink.backends.<name>.}: {@code directory}, {@code
 * runtime}, {@code image-prefix}; see {@link ee.interlink.local.LocalSettings}.
 */
package ee.interlink.local;
