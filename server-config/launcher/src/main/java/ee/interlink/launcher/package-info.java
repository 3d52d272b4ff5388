/**
 * What {@code ./run} does once everything is built: start the server or join the one that is up,
 * hand a manifest over, follow the pod, and end with its exit code.
 */
package ee.interlink.launcher;
