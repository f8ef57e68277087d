<?php
/**
 * The text of a post as one HTML document, and where in it something stands.
 *
 * @package Shenjiao
 */

namespace Shenjiao;

/**
 * Positions count in bytes, as PHP does.
 */
final class Text {
	private const PARAGRAPH = '~<(?:p|h[1-6]|li|tr|blockquote)\b~i';

	/**
	 * Labels, and the HTML under each.
	 *
	 * @var array<string, string>
	 */
	private array $parts;

	/** The title as plain words, for lists and notices. */
	public string $title;

	/** The document that is sent. */
	public string $html;

	/** Tells whether two texts are the same. */
	public string $digest;

	/**
	 * Make a text of what visitors read.
	 *
	 * @param string $title   As it is kept: may hold some HTML.
	 * @param string $content Blocks, or what the classic editor writes.
	 * @param string $excerpt Plain, or some HTML.
	 */
	public function __construct( string $title, string $content, string $excerpt ) {
		$content     = trim( $content );
		$plain       = html_entity_decode( wp_strip_all_tags( $title, true ), ENT_QUOTES );
		$this->title = mb_substr( (string) preg_replace( '~\p{C}~u', '', $plain ), 0, 200 );
		$this->parts = array_filter(
			array(
				'标题' => '' === trim( $title ) ? '' : '<h1>' . trim( $title ) . '</h1>',
				// The classic editor leaves paragraphs to blank lines.
				'正文' => has_blocks( $content ) ? $content : trim( wpautop( $content ) ),
				'摘要' => '' === trim( $excerpt ) ? '' : '<p>' . trim( $excerpt ) . '</p>',
			)
		);

		$this->html   = implode( "\n", $this->parts );
		$this->digest = hash( 'sha256', $this->html );
	}

	/**
	 * Make the text of a post.
	 *
	 * @param object $post A post, or what is to become one; not slashed.
	 */
	public static function of( object $post ): self {
		return new self( (string) ( $post->post_title ?? '' ), (string) ( $post->post_content ?? '' ), (string) ( $post->post_excerpt ?? '' ) );
	}

	/**
	 * Name the part, and the paragraph in it, in which a position lies.
	 *
	 * @param int $offset Bytes from the beginning of the document.
	 */
	public function place( int $offset ): string {
		foreach ( $this->parts as $label => $html ) {
			if ( $offset <= strlen( $html ) ) {
				$many = preg_match_all( self::PARAGRAPH, $html ) > 1;
				return $many ? $label . '第' . max( 1, preg_match_all( self::PARAGRAPH, substr( $html, 0, $offset ) ) ) . '段' : $label;
			}
			$offset -= strlen( $html ) + 1;
		}
		return '';
	}
}
