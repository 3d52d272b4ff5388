/**
 * The driver for HTCondor: the commands of a submit host whose home directories the pool shares, on
 * this machine or over SSH. docs/decisions/0008-htcondor.md has the reasons.
 */
package ee.interlink.htcondor;
