/** Autoencoders that are trained beforehand, without labels, and what they are good for then. */
package io.nnem.autoencoder.pretraining;
