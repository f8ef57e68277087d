<?php
/**
 * Every way in which a post is published leads past here.
 *
 * The block editor and other clients of the REST API are answered with 422 and keep their text. All else writes rows:
 * wp_insert_post() is filtered; wp_publish_post(), which the clock also uses, is not, and is taken back.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Publishing;

use Shenjiao\Editor;
use Shenjiao\Gate;
use Shenjiao\Outcome;
use Shenjiao\Text;

const PUBLIC_STATES = array( 'publish', 'future' );
/** Seconds. */
const TRY_AGAIN = 300;

/** Stand in the way. */
function watch(): void {
	add_action(
		'rest_api_init',
		static function () {
			foreach ( types() as $type ) {
				add_filter( "rest_pre_insert_$type", __NAMESPACE__ . '\answer_clients' );
			}
		}
	);
	// Last, so that nobody changes the text behind the check.
	add_filter( 'wp_insert_post_data', __NAMESPACE__ . '\hold_rows', PHP_INT_MAX, 2 );
	add_action( 'wp_insert_post', __NAMESPACE__ . '\publish_new', 10, 3 );
	// First, so that others hear of a post only when it stays public.
	add_action( 'transition_post_status', __NAMESPACE__ . '\take_back', PHP_INT_MIN, 3 );
	// Last, since WordPress clears the clock of a post whose state changes.
	add_action( 'transition_post_status', __NAMESPACE__ . '\try_again_later', PHP_INT_MAX, 3 );
}

/**
 * The types of posts that are checked: what visitors can open.
 *
 * @return string[]
 */
function types(): array {
	$public = array_diff( get_post_types( array( 'public' => true ) ), array( 'attachment' ) );
	return (array) apply_filters( 'shenjiao_post_types', array_values( $public ) );
}

/**
 * Tell whether the gate has let this text of this post through in this request.
 *
 * @param int  $post_id The post.
 * @param Text $text    Its text.
 * @param bool $now     It has, from now on.
 */
function is_cleared( int $post_id, Text $text, bool $now = false ): bool {
	static $cleared = array();
	if ( $now ) {
		$cleared[ "$post_id:$text->digest" ] = true;
	}
	return isset( $cleared[ "$post_id:$text->digest" ] );
}

/**
 * Refuse a request of the REST API with the findings.
 *
 * @param object|\WP_Error $prepared What is to be saved; holds only what the request names.
 * @return object|\WP_Error
 */
function answer_clients( $prepared ) {
	$post = is_wp_error( $prepared ) || empty( $prepared->ID ) ? null : get_post( $prepared->ID );
	// A post that does not exist yet has no number, and so no review: hold_rows() keeps it as a draft first.
	if ( ! $post ) {
		return $prepared;
	}
	$becomes = (object) array_merge( $post->to_array(), (array) $prepared );
	if ( ! in_array( $becomes->post_status, PUBLIC_STATES, true ) ) {
		return $prepared;
	}
	$text = Text::of( $becomes );
	if ( stays_public( $post, $text ) ) {
		return $prepared;
	}
	$outcome = Gate\decide( $post->ID, $text, get_current_user_id() );
	if ( $outcome->may_go_live() ) {
		is_cleared( $post->ID, $text, true );
		return $prepared;
	}
	Gate\remember_shown( $post->ID, $text );
	return new \WP_Error(
		'shenjiao_' . $outcome->state,
		$outcome->message(),
		array(
			'status'   => 422,
			'findings' => $outcome->lines,
		)
	);
}

/**
 * Keep a row from becoming public; the words are kept in every case.
 *
 * @param array $data    The row, slashed.
 * @param array $postarr What was asked for.
 */
function hold_rows( array $data, array $postarr ): array {
	if ( ! in_array( $data['post_type'], types(), true ) || ! in_array( $data['post_status'], PUBLIC_STATES, true ) ) {
		return $data;
	}
	$text   = Text::of( (object) wp_unslash( $data ) );
	$before = empty( $postarr['ID'] ) ? null : get_post( $postarr['ID'] );
	if ( $before && ( is_cleared( $before->ID, $text ) || stays_public( $before, $text ) ) ) {
		return $data;
	}
	if ( ! $before ) {
		intended( $text, $data['post_status'] );
		if ( 'publish' === $data['post_status'] ) {
			$data['post_date_gmt'] = '0000-00-00 00:00:00';
		}
		$data['post_status'] = 'draft';
		return $data;
	}
	$outcome = Gate\decide( $before->ID, $text, get_current_user_id() );
	if ( $outcome->may_go_live() ) {
		is_cleared( $before->ID, $text, true );
		return $data;
	}
	Editor\tell( $before->ID, $text, $outcome );
	return 'publish' === $before->post_status ? as_published( $data, $before ) : as_draft( $data, $before );
}

/**
 * Leave what visitors read as it is; the new words wait beside it as an autosave, which editors are told of.
 *
 * @param array    $data   The row, slashed.
 * @param \WP_Post $before As it is public.
 */
function as_published( array $data, \WP_Post $before ): array {
	$older = wp_get_post_autosave( $before->ID, get_current_user_id() );
	if ( $older ) {
		wp_delete_post_revision( $older->ID );
	}
	_wp_put_post_revision( array_merge( $before->to_array(), wp_unslash( $data ) ), true );
	foreach ( array( 'post_title', 'post_content', 'post_excerpt', 'post_status', 'post_date', 'post_date_gmt' ) as $name ) {
		$data[ $name ] = wp_slash( $before->$name );
	}
	return $data;
}

/**
 * Keep the new words in a post that is not public.
 *
 * @param array    $data   The row, slashed.
 * @param \WP_Post $before As it was.
 */
function as_draft( array $data, \WP_Post $before ): array {
	$kept                  = in_array( $before->post_status, array( 'draft', 'pending', 'private' ), true );
	$data['post_status']   = $kept ? $before->post_status : ( 'future' === $before->post_status ? 'pending' : 'draft' );
	$data['post_date_gmt'] = $before->post_date_gmt;
	return $data;
}

/**
 * Publish a post that was to be created as public, now that it has a number.
 *
 * @param int      $post_id The post.
 * @param \WP_Post $post    The post.
 * @param bool     $update  Whether it existed.
 */
function publish_new( int $post_id, \WP_Post $post, bool $update ): void {
	$text   = Text::of( $post );
	$status = $update ? null : intended( $text );
	if ( null === $status ) {
		return;
	}
	$outcome = Gate\decide( $post_id, $text, get_current_user_id() );
	if ( ! $outcome->may_go_live() ) {
		Editor\tell( $post_id, $text, $outcome );
		return;
	}
	is_cleared( $post_id, $text, true );
	wp_update_post(
		array(
			'ID'          => $post_id,
			'post_status' => $status,
		)
	);
}

/**
 * The state that a new post of this text was to have; given once.
 *
 * @param Text        $text   Its text.
 * @param string|null $status To be kept.
 */
function intended( Text $text, ?string $status = null ): ?string {
	static $states = array();
	$kept          = $states[ $text->digest ] ?? null;
	unset( $states[ $text->digest ] );
	if ( null !== $status ) {
		$states[ $text->digest ] = $status;
	}
	return $kept;
}

/**
 * Take back what was made public past the rows: first take back, then ask, so that nobody reads it meanwhile.
 *
 * @param string   $new  Its state now.
 * @param string   $old  Its state before.
 * @param \WP_Post $post The post.
 */
function take_back( string $new, string $old, \WP_Post $post ): void {
	$text = Text::of( $post );
	if ( 'publish' !== $new || 'publish' === $old || ! in_array( $post->post_type, types(), true ) || is_cleared( $post->ID, $text ) ) {
		return;
	}
	write_state( $post, 'future' === $old ? 'pending' : 'draft' );
	$outcome = Gate\decide( $post->ID, $text, get_current_user_id() );
	if ( $outcome->may_go_live() ) {
		is_cleared( $post->ID, $text, true );
		write_state( $post, 'publish' );
		return;
	}
	if ( 'future' === $old && Outcome::DOWN === $outcome->state ) {
		write_state( $post, 'future' );
	}
	Editor\tell( $post->ID, $text, $outcome );
}

/**
 * Set the clock anew for a post whose hour came while the service was down.
 *
 * @param string   $new  What its state was to be.
 * @param string   $old  Its state before.
 * @param \WP_Post $post The post, with the state that it now has.
 */
function try_again_later( string $new, string $old, \WP_Post $post ): void {
	if ( 'publish' === $new && 'future' === $old && 'future' === $post->post_status ) {
		wp_schedule_single_event( time() + TRY_AGAIN, 'publish_future_post', array( $post->ID ) );
	}
}

/**
 * Tell whether a post is public with this very text already.
 *
 * @param \WP_Post $post As it is.
 * @param Text     $text As it is to be.
 */
function stays_public( \WP_Post $post, Text $text ): bool {
	return 'publish' === $post->post_status && Text::of( $post )->digest === $text->digest;
}

/**
 * Write the state as wp_publish_post() writes it.
 *
 * @param \WP_Post $post   The post.
 * @param string   $status Its state.
 */
function write_state( \WP_Post $post, string $status ): void {
	global $wpdb;
	$wpdb->update( $wpdb->posts, array( 'post_status' => $status ), array( 'ID' => $post->ID ) ); // phpcs:ignore WordPress.DB
	clean_post_cache( $post->ID );
	$post->post_status = $status;
}
