/**
 * What training beforehand leaves: the weights of an autoencoder, and the folder in which they are
 * kept from one run to the next.
 */
package io.nnem.experiments.pretrained;
