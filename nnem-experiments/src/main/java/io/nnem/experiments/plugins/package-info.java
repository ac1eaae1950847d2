/**
 * The plug-ins that an experiment is made of: which there are, and whether those named are there.
 */
package io.nnem.experiments.plugins;
