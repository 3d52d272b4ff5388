/**
 * What runs inside a job, and both sides of its folder: the constant script {@code pod-runner.sh},
 * in parts, the data that is written for it, and the facts it leaves behind. Knows no batch system.
 */
package ee.interlink.runner;
