/** The plug-ins of this module, for the service loader alone. */
package io.nnem.memory.internal;
