/**
 * The panel that opens before publishing: checks the text as it stands, lists what was found, and keeps the button
 * locked while it may not be published. Only while it is open, since a locked editor cannot save drafts either.
 */
( ( { apiFetch, components, data, editPost, element, plugins } ) => {
	const { Button, Notice, Spinner } = components;
	const { createElement: h, useEffect, useState } = element;
	const LOCK = 'shenjiao';

	/** The text as it stands in the editor. */
	function useText() {
		return data.useSelect( ( select ) => {
			const editor = select( 'core/editor' );
			return {
				id: editor.getCurrentPostId(),
				title: editor.getEditedPostAttribute( 'title' ) || '',
				content: editor.getEditedPostContent(),
				excerpt: editor.getEditedPostAttribute( 'excerpt' ) || '',
			};
		}, [] );
	}

	/** The answer for that text; null while it is awaited. */
	function useAnswer() {
		const { id, title, content, excerpt } = useText();
		const [ tries, setTries ] = useState( 0 );
		const [ answer, setAnswer ] = useState( null );
		const { lockPostSaving, unlockPostSaving } = data.useDispatch( 'core/editor' );
		useEffect( () => {
			let awaited = true;
			lockPostSaving( LOCK );
			setAnswer( null );
			const request = { path: `/shenjiao/v1/posts/${ id }/check`, method: 'POST', data: { title, content, excerpt } };
			apiFetch( request )
				.catch( ( error ) => ( { saying: `无法校对：${ error.message }`, lines: [], publishable: false } ) )
				.then( ( given ) => {
					if ( ! awaited ) {
						return;
					}
					setAnswer( given );
					if ( given.publishable ) {
						unlockPostSaving( LOCK );
					}
				} );
			return () => {
				awaited = false;
				unlockPostSaving( LOCK );
			};
		}, [ id, title, content, excerpt, tries ] );
		return [ answer, () => setTries( tries + 1 ) ];
	}

	function Findings() {
		const [ answer, again ] = useAnswer();
		if ( ! answer ) {
			return h( 'p', null, h( Spinner ), '正在校对……' );
		}
		const status = answer.publishable ? ( answer.clean ? 'success' : 'warning' ) : 'error';
		return h(
			'div',
			{ className: 'shenjiao' },
			h( Notice, { status, isDismissible: false }, `${ answer.saying }。` ),
			h( 'ol', null, answer.lines.map( ( line, number ) => h( 'li', { key: number }, line ) ) ),
			h( Button, { variant: 'secondary', onClick: again }, '重新校对' )
		);
	}

	plugins.registerPlugin( 'shenjiao', {
		icon: null,
		render: () => h( editPost.PluginPrePublishPanel, { title: '机器校对', initialOpen: true }, h( Findings ) ),
	} );
} )( window.wp );
