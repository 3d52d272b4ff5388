/**
 * A server of our own as a child process, its two front doors as clients see them, the testbed's
 * Slurm as its own commands show it, and its Kubernetes as kubectl does.
 */
package ee.interlink.testbed;
