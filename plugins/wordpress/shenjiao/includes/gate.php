<?php
/**
 * Whether a post may be published as the text that it now is.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Gate;

use Shenjiao\Outcome;
use Shenjiao\Service;
use Shenjiao\Settings;
use Shenjiao\Text;

const RECORD = '_shenjiao';
const HELD   = '机器校对发现须核实之处，未发布；请在审校服务中处理，或记录终审通过';

/**
 * Ask the service about a text of a post.
 *
 * Where warnings wait for a person, one who publishes after they were shown has taken them upon himself; this is
 * kept for the very text, so that it also holds when the post is published later by the clock.
 *
 * @param int  $post_id The post.
 * @param Text $text    As it is to be published.
 * @param int  $person  Who publishes; 0 for a program.
 */
function decide( int $post_id, Text $text, int $person ): Outcome {
	$settings = Settings\all();
	try {
		list( $verdict, $publishable, $record ) = ask( $post_id, $text, $settings );
	} catch ( Service\Rejected $rejected ) {
		return new Outcome( Outcome::REFUSED, array(), '未发布：' . $rejected->getMessage() );
	} catch ( Service\Down $down ) {
		return new Outcome( 'pass' === $settings['when_down'] ? Outcome::UNCHECKED : Outcome::DOWN );
	}
	if ( $publishable ) {
		return new Outcome( Outcome::PASSED, $record['lines'] );
	}
	if ( 'review' !== $verdict ) {
		return new Outcome( Outcome::REFUSED, $record['lines'] );
	}
	if ( 'hold' === $settings['review'] ) {
		return new Outcome( Outcome::REFUSED, $record['lines'], HELD );
	}
	if ( $person && $record['shown'] && ! $record['taken_by'] ) {
		$record['taken_by'] = $person;
		keep( $post_id, $record );
	}
	return new Outcome( $record['taken_by'] ? Outcome::PASSED : Outcome::TO_VERIFY, $record['lines'] );
}

/**
 * Note that an editor has the lines before him.
 *
 * @param int  $post_id The post.
 * @param Text $text    The text that they are about.
 */
function remember_shown( int $post_id, Text $text ): void {
	$record = record_of( $post_id, $text );
	if ( $record && ! $record['shown'] ) {
		$record['shown'] = true;
		keep( $post_id, $record );
	}
}

/**
 * Verify the token of this text, if it has one that still holds; else have it reviewed.
 *
 * @param int   $post_id  The post.
 * @param Text  $text     As it is to be published.
 * @param array $settings Of the site.
 */
function ask( int $post_id, Text $text, array $settings ): array {
	$site     = is_multisite() ? '-' . get_current_blog_id() : '';
	$document = $settings['documents'] . $site . ':' . $post_id;
	$revision = substr( $text->digest, 0, 16 );
	$common   = array(
		'document_id' => $document,
		'revision'    => $revision,
		'html'        => $text->html,
	);
	$before   = record_of( $post_id, $text );
	// Plug-ins that duplicate posts copy the record; a token is good for its own document only.
	if ( $before && $before['document'] === $document ) {
		$answer = Service\ask( '/v1/reviews/verify', $common + array( 'token' => $before['token'] ) );
		if ( $answer['valid'] ) {
			if ( ! $answer['publishable'] ) {
				$before['lines'] = still_standing( $before );
			}
			return array( $answer['verdict'], $answer['publishable'], $before );
		}
	}
	$review = Service\ask(
		'/v1/reviews',
		$common + array(
			'title'       => $text->title,
			'offset_unit' => 'utf8',
		)
	);
	$lines  = Outcome::lines_of( $review['findings'], $text );
	// What a person has taken upon himself stays his when the token has run out, unless there is more to see now.
	$same   = $before && $before['document'] === $document && $before['lines'] === $lines;
	$record = array(
		'document' => $document,
		'digest'   => $text->digest,
		'review'   => $review['id'],
		'token'    => $review['token'],
		'lines'    => $lines,
		'shown'    => $same && $before['shown'],
		'taken_by' => $same ? $before['taken_by'] : 0,
	);
	keep( $post_id, $record );
	return array( $review['verdict'], $review['publishable'], $record );
}

/**
 * The lines of a record whose findings nobody has released at the service since.
 *
 * @param array $record Of a review.
 * @return array<string, string>
 */
function still_standing( array $record ): array {
	$review   = Service\ask( '/v1/reviews/' . rawurlencode( $record['review'] ) );
	$standing = array_filter( $review['findings'], array( Outcome::class, 'stands_in_the_way' ) );
	return array_intersect_key( $record['lines'], array_column( $standing, null, 'id' ) );
}

/**
 * The record of the last review, if it was of this text.
 *
 * @param int  $post_id The post.
 * @param Text $text    The text.
 */
function record_of( int $post_id, Text $text ): ?array {
	$record = get_post_meta( $post_id, RECORD, true );
	return is_array( $record ) && $record['digest'] === $text->digest ? $record : null;
}

/**
 * Keep a record.
 *
 * @param int   $post_id The post.
 * @param array $record  Its newest.
 */
function keep( int $post_id, array $record ): void {
	update_post_meta( $post_id, RECORD, wp_slash( $record ) );
}
