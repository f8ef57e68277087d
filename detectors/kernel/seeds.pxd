# The types of seeds.py, for the compiler. Letters are Py_UCS4, places and counts Py_ssize_t.
cimport cython

cdef class Seed:
    cdef readonly object form, piece, edits
    cdef readonly bint has_marks, has_single_end, is_one_sided, may_be_whole
    cdef readonly str before, after, outward, wanted_before, wanted_after, written_before, written_after, like_end
    cdef readonly Py_ssize_t slack, reach_before, reach_after

    cdef str _wanted(self, str outward)
    @cython.locals(near=Py_ssize_t)
    cpdef bint may_stand(self, str folded, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(first=Py_ssize_t)
    cpdef bint is_whole(self, str folded, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(letters=str, first=Py_ssize_t, last=Py_ssize_t)
    cdef bint _is_doubled(self, str folded, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(rest=str, beside=str, behind=str, first=Py_ssize_t, agreed=Py_ssize_t, has_mark=bint)
    cdef bint _may_stand_on_one_side(self, str folded, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(
        slack=Py_ssize_t, near=Py_ssize_t, after=str, before=str, behind=str, ahead=str, letters=str,
        first=Py_ssize_t, changes=Py_ssize_t,
    )
    cdef bint _may_stand_between_marks(self, str folded, Py_ssize_t start, Py_ssize_t end)
    cdef str _letters_behind(self, str folded, Py_ssize_t end)
    @cython.locals(first=Py_ssize_t)
    cdef str _letters_ahead(self, str folded, Py_ssize_t start)

cdef class SeedsOfPiece:
    cdef readonly tuple seeds

    @cython.locals(found=list, seed=Seed)
    cpdef list fitting(self, str folded, Py_ssize_t start, Py_ssize_t end)

cdef bint _is_mark(Py_UCS4 char)

@cython.locals(char=Py_UCS4)
cdef bint _has_mark(str letters)

@cython.locals(length=Py_ssize_t, char=Py_UCS4)
cdef bint _meets(str folded, Py_ssize_t place, Py_ssize_t step, Py_ssize_t near, str wanted)

@cython.locals(length=Py_ssize_t, agreed=Py_ssize_t, most=Py_ssize_t)
cdef Py_ssize_t _agreed(str folded, Py_ssize_t place, Py_ssize_t step, str outward)

@cython.locals(agreed=Py_ssize_t, far=Py_ssize_t)
cdef bint _goes_on(str folded, Py_ssize_t place, Py_ssize_t step, Py_ssize_t near, str outward)

@cython.locals(most=Py_ssize_t, operations=Py_ssize_t, needed=Py_ssize_t, standing=Py_ssize_t)
cdef Py_ssize_t _fewest_changes(str wanted, str beside, Py_ssize_t slack)

@cython.locals(count=Py_ssize_t)
cdef Py_ssize_t _standing(str wanted, Py_ssize_t first, str beside, Py_ssize_t second)
