import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: mine, new, the main action. 6 on white is 5.9:1, 3 on the dark ground 7.9:1. */
const accent: MantineColorsTuple = [
  '#f0f3ff',
  '#dfe5fe',
  '#bfcafb',
  '#9dacf6',
  '#7a8bef',
  '#5f70e7',
  '#4757d8',
  '#3a47bd',
  '#313b9b',
  '#2a337c',
];

const grey: MantineColorsTuple = [
  '#f8f9fa',
  '#f1f2f4',
  '#e6e8eb',
  '#d8dbe0',
  '#c1c5cd',
  '#989ea9',
  '#5f6673',
  '#454b56',
  '#2e333b',
  '#1b1e24',
];

/** Of what cannot be taken back: 6 carries white words at 5.9:1. */
const red: MantineColorsTuple = [
  '#fdeaea',
  '#fbd3d3',
  '#f7b0b0',
  '#ff8f8f',
  '#e56b6b',
  '#d44a4a',
  '#b9282f',
  '#9f2027',
  '#851a20',
  '#691419',
];

const dark: MantineColorsTuple = [
  '#e4e6ea',
  '#b9bdc6',
  '#9aa0ab',
  '#6d737f',
  '#3c4048',
  '#2f3238',
  '#24262b',
  '#1b1d21',
  '#151619',
  '#0f1012',
];

/** A long list of options scrolls by itself, as a list box that its field controls and not as a region of its own. */
const scrolledOptions = { withScrollArea: false, styles: { options: { maxHeight: 240, overflowY: 'auto' } } };

/**
 * Colours mean a state and nothing else: amber due soon, red late, green done, accent mine or new.
 * Every pair of text and ground below keeps 4.5:1 in both schemes.
 */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray: grey, red, dark },
  white: '#ffffff',
  black: '#1b1e24',
  fontFamily: "'Inter Variable', 'Noto Sans Arabic Variable', system-ui, 'Noto Sans KR Variable', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Button: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: scrolledOptions },
    Autocomplete: { defaultProps: scrolledOptions },
    TagsInput: { defaultProps: scrolledOptions },
    MultiSelect: { defaultProps: scrolledOptions },
    Portal: { defaultProps: { target: '#layers' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 } } },
    // The empty place for the first focus is no child that a menu may have.
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100 },
        centered: true,
        overlayProps: { backgroundOpacity: 0.4, blur: 0 },
      },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Input: { defaultProps: { size: 'sm' } },
    InputWrapper: { styles: { label: { marginBottom: 3 }, description: { marginBottom: 5 } } },
  },
});

/** Our own tokens beside Mantine's, and Mantine's where its defaults miss AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--p-motion': '120ms' },
  light: {
    '--mantine-color-dimmed': '#5f6673',
    '--mantine-color-placeholder': '#6a717e',
    '--mantine-color-error': '#b4232a',
    '--mantine-color-default-border': '#d8dbe0',
    '--p-ground': '#f6f7f9',
    '--p-surface': '#ffffff',
    '--p-raised': '#ffffff',
    '--p-hover': '#f1f2f5',
    '--p-selected': '#e9edfe',
    '--p-line': '#e6e8eb',
    '--p-text': '#1b1e24',
    '--p-dim': '#5f6673',
    '--p-accent': '#4757d8',
    '--p-accent-soft': '#e9edfe',
    '--p-amber': '#8a5200',
    '--p-amber-soft': '#fdf1dc',
    '--p-red': '#b4232a',
    '--p-red-soft': '#fdeaea',
    '--p-green': '#1d7440',
    '--p-green-soft': '#e6f5eb',
    '--p-note': '#fff8dc',
    '--p-note-line': '#e2cc7a',
    '--p-note-text': '#5c4a00',
    '--p-bubble-in': '#f1f2f4',
    '--p-bubble-out': '#e9edfe',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa0ab',
    '--mantine-color-placeholder': '#8a909c',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-body': '#1b1d21',
    '--mantine-color-default-border': '#3c4048',
    '--menu-item-hover': '#2f3238',
    '--mantine-color-accent-light': '#2a3052',
    '--mantine-color-accent-light-hover': '#333a63',
    '--mantine-color-accent-light-color': '#d3dafc',
    '--p-ground': '#151619',
    '--p-surface': '#1b1d21',
    '--p-raised': '#24262b',
    '--p-hover': '#24262b',
    '--p-selected': '#262b4a',
    '--p-line': '#2a2d33',
    '--p-text': '#e4e6ea',
    '--p-dim': '#9aa0ab',
    '--p-accent': '#9dacf6',
    '--p-accent-soft': '#262b4a',
    '--p-amber': '#f2b64c',
    '--p-amber-soft': '#3a2d13',
    '--p-red': '#ff8f8f',
    '--p-red-soft': '#3f1f21',
    '--p-green': '#74d494',
    '--p-green-soft': '#17321f',
    '--p-note': '#322b14',
    '--p-note-line': '#6a5a22',
    '--p-note-text': '#f0dfa0',
    '--p-bubble-in': '#272a30',
    '--p-bubble-out': '#2a3052',
  },
});
