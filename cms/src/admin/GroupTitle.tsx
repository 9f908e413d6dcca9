/** The heading of a group on a form. */
export const GroupTitle = ({ title }: { title: string }) => <h3 className="group-field__title">{title}</h3>
