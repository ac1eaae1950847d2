/** Where reinstated observations come from. */
package io.nnem.credit.reinstatement;
