<?php
/**
 * What the site has chosen; the only reader of the option.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Settings;

const OPTION   = 'shenjiao';
const DEFAULTS = array(
	'url'       => 'http://127.0.0.1:8000',
	'key'       => '',
	'channel'   => '网站',
	// Of texts with warnings and no errors: "person" lets one who has seen them publish, "hold" waits for the service.
	'review'    => 'person',
	// While the service does not answer: "hold" or "pass".
	'when_down' => 'hold',
	// Stands before the number of a post; sites that share a service need different ones.
	'documents' => 'wordpress',
);

/**
 * The settings. A key in wp-config.php goes before the one in the database.
 */
function all(): array {
	$given = array_merge( DEFAULTS, (array) get_option( OPTION, array() ) );
	if ( defined( 'SHENJIAO_KEY' ) ) {
		$given['key'] = (string) constant( 'SHENJIAO_KEY' );
	}
	return $given;
}

/**
 * The settings as they may be kept; what cannot be meant falls back to what was.
 *
 * @param mixed $given What the form sent.
 */
function accepted( $given ): array {
	$before = array_merge( DEFAULTS, (array) get_option( OPTION, array() ) );
	$given  = array_map( 'trim', array_filter( (array) $given, 'is_string' ) );
	$new    = array_merge( $before, array_intersect_key( $given, DEFAULTS ) );
	if ( ! preg_match( '~^https?://~', $new['url'] ) ) {
		$new['url'] = $before['url'];
	}
	// The form never shows the key, so an empty field means that it stays.
	if ( '' === $new['key'] ) {
		$new['key'] = $before['key'];
	}
	foreach ( array( 'review' => array( 'person', 'hold' ), 'when_down' => array( 'hold', 'pass' ) ) as $name => $known ) {
		if ( ! in_array( $new[ $name ], $known, true ) ) {
			$new[ $name ] = $before[ $name ];
		}
	}
	foreach ( array( 'channel', 'documents' ) as $name ) {
		$new[ $name ] = sanitize_text_field( $new[ $name ] );
		if ( '' === $new[ $name ] ) {
			$new[ $name ] = DEFAULTS[ $name ];
		}
	}
	return $new;
}
