import { createRoute } from '@tanstack/react-router';
import { liveSearch } from '../live/search.ts';
import { promiseSearch } from '../promises/search.ts';
import { questionSearch } from '../questions/search.ts';
import { askedOf } from '../reports/search.ts';
import { lazyPlace } from './lazyPlace.ts';
import { shell } from './shell.tsx';

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  staticData: { permission: 'live.read' },
  validateSearch: liveSearch,
  component: lazyPlace(() => import('../live/LivePlace.tsx'), 'LivePlace'),
});
const wall = createRoute({
  getParentRoute: () => shell,
  path: '/live/wall',
  staticData: { permission: 'live.read' },
  validateSearch: liveSearch,
  component: lazyPlace(() => import('../live/Wallboard.tsx'), 'Wallboard'),
});
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  staticData: { permission: 'reports.read' },
  validateSearch: askedOf,
  component: lazyPlace(() => import('../reports/ReportsPlace.tsx'), 'ReportsPlace'),
});
const promises = createRoute({
  getParentRoute: () => shell,
  path: '/promises',
  staticData: { permission: 'threads.write' },
  validateSearch: promiseSearch,
  component: lazyPlace(() => import('../promises/PromisesPlace.tsx'), 'PromisesPlace'),
});
const questions = createRoute({
  getParentRoute: () => shell,
  path: '/questions',
  staticData: { permission: 'threads.read' },
  validateSearch: questionSearch,
  component: lazyPlace(() => import('../questions/QuestionsPlace.tsx'), 'QuestionsPlace'),
});
const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  staticData: { permission: 'threads.read' },
  component: lazyPlace(() => import('../calls/CallsPlace.tsx'), 'CallsPlace'),
});
const week = createRoute({
  getParentRoute: () => shell,
  path: '/week',
  staticData: { permission: 'threads.write' },
  component: lazyPlace(() => import('../week/WeekPlace.tsx'), 'WeekPlace'),
});
const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$userId',
  // A colleague's is for who may see the reports; one's own is everybody's (WeekPlace).
  staticData: { permission: 'threads.write' },
  component: lazyPlace(() => import('../week/WeekPlace.tsx'), 'PersonPlace'),
});
const absences = createRoute({
  getParentRoute: () => shell,
  path: '/absences',
  staticData: { permission: 'users.read' },
  component: lazyPlace(() => import('../absence/AbsencesPlace.tsx'), 'AbsencesPlace'),
});
const absence = createRoute({
  getParentRoute: () => shell,
  path: '/absences/$absenceId',
  staticData: { permission: 'users.read' },
  component: lazyPlace(() => import('../absence/AbsencePlace.tsx'), 'AbsencePlace'),
});

/** How the day and the week go: live figures, reports, what is owed, who called, who did what, who is away. */
export const dayRoutes = [live, wall, reports, promises, questions, calls, week, person, absences, absence] as const;
