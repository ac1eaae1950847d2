/** Networks in files: {@code nnem predict} and {@code nnem memory}, for whoever saved them. */
package io.nnem.experiments.saved;
