/**
 * The contract of a backend: what the core asks and what a driver answers. Small on purpose. Facts
 * flow one way ({@link ee.interlink.batch.JobReport}), requests the other ({@link
 * ee.interlink.batch.JobRequest}); neither knows a batch system by name.
 */
package ee.interlink.batch;
