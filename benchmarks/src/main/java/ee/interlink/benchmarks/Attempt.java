package ee.interlink.benchmarks;

/**
 * One job about to be submitted, with everything prepared that is not to be measured.
 *
 * @param jobName the name it will have in the batch system
 * @param send returns once the other side has accepted it
 */
record Attempt(String jobName, Runnable send) {}
