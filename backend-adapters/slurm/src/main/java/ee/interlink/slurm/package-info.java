/**
 * Slurm by its own commands, on this host or over SSH. Each call of the contract is one constant
 * text run by bash at the site; what is special to a pod reaches it as arguments or as input.
 */
package ee.interlink.slurm;
