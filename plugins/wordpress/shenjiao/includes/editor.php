<?php
/**
 * What editors see: the panel before publishing, and notices on the other screens.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Editor;

use Shenjiao\Gate;
use Shenjiao\Outcome;
use Shenjiao\Publishing;
use Shenjiao\Text;

const ROUTE  = '/posts/(?P<id>\d+)/check';
const NOTICE = 'shenjiao_notice_';

/** Be seen. */
function show(): void {
	add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\add_panel' );
	add_action( 'rest_api_init', __NAMESPACE__ . '\add_route' );
	add_action( 'admin_notices', __NAMESPACE__ . '\print_notices' );
}

/** Have the block editor load the panel. */
function add_panel(): void {
	if ( in_array( get_post_type(), Publishing\types(), true ) ) {
		$needs = array( 'wp-api-fetch', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-element', 'wp-plugins' );
		wp_enqueue_script( 'shenjiao-panel', plugins_url( 'assets/panel.js', __DIR__ ), $needs, '0.1.0', true );
	}
}

/** The panel asks this server, which asks the service: the key never leaves it. */
function add_route(): void {
	$text = array(
		'type'     => 'string',
		'required' => true,
	);
	register_rest_route(
		'shenjiao/v1',
		ROUTE,
		array(
			'methods'             => 'POST',
			'callback'            => __NAMESPACE__ . '\check',
			'permission_callback' => static fn( $request ) => current_user_can( 'edit_post', (int) $request['id'] ),
			'args'                => array(
				'title'   => $text,
				'content' => $text,
				'excerpt' => $text,
			),
		)
	);
}

/**
 * Check the text as it now stands in the editor.
 *
 * @param \WP_REST_Request $request Of the panel.
 */
function check( \WP_REST_Request $request ): array {
	$post_id = (int) $request['id'];
	$text    = new Text( $request['title'], $request['content'], $request['excerpt'] );
	$outcome = Gate\decide( $post_id, $text, 0 );
	Gate\remember_shown( $post_id, $text );
	return array(
		'saying'      => $outcome->saying,
		'lines'       => $outcome->lines,
		'publishable' => $outcome->may_go_live() || $outcome->asks_a_person(),
		'clean'       => $outcome->may_go_live() && ! $outcome->lines,
	);
}

/**
 * Have the next screen of whoever is at work say what the gate said.
 *
 * @param int     $post_id The post.
 * @param Text    $text    That was refused.
 * @param Outcome $outcome What the gate said.
 */
function tell( int $post_id, Text $text, Outcome $outcome ): void {
	$user = get_current_user_id();
	if ( $user ) {
		$notices   = (array) get_transient( NOTICE . $user );
		$notices[] = array( $text->title, $outcome->saying, $outcome->lines );
		set_transient( NOTICE . $user, array_filter( $notices ), HOUR_IN_SECONDS );
		Gate\remember_shown( $post_id, $text );
	}
}

/** Print what is to be said. */
function print_notices(): void {
	$key = NOTICE . get_current_user_id();
	foreach ( array_filter( (array) get_transient( $key ) ) as list( $title, $saying, $lines ) ) {
		printf( '<div class="notice notice-error"><p>《%s》：%s。</p><ol>', esc_html( $title ), esc_html( $saying ) );
		foreach ( $lines as $line ) {
			printf( '<li>%s</li>', esc_html( $line ) );
		}
		echo '</ol></div>';
	}
	delete_transient( $key );
}
