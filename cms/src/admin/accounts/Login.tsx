import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { getSafeRedirect } from 'payload/shared'
import { Logo } from '../Logo.tsx'
import { LoginForm } from './LoginForm.tsx'

/** The sign-in: Payload's, and the code of the second factor where one is asked for. */
export const Login = ({ initPageResult: { req }, searchParams }: AdminViewServerProps) => {
  const { admin } = req.payload.config.routes
  const to = getSafeRedirect({ fallbackTo: admin, redirectTo: searchParams?.redirect ?? '' })
  if (req.user) redirect(to)
  return (
    <>
      <div className="login__brand">
        <Logo />
      </div>
      <LoginForm forgot={`${admin}/forgot`} to={to} />
    </>
  )
}
