/** The plug-in of this module, for the service loader alone. */
package io.nnem.nd4j.internal;
