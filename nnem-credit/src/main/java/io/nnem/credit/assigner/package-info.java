/** The credit assigners of Hansen 2017. */
package io.nnem.credit.assigner;
