import type { DefaultServerCellComponentProps } from 'payload'
import { languagesIn } from '../../publishing/sign-offs.ts'

/** In a list: the languages in which a text waits for its sign-off. */
export const WaitingCell = ({ cellData }: DefaultServerCellComponentProps) => <>{languagesIn(cellData) || 'Nothing'}</>
