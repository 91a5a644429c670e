import { api, unwrap } from '@/shared/api/client'

export interface Credentials {
  email: string
  password: string
}

export interface Registration extends Credentials {
  username: string
  phone_number: string
}

export const fetchMe = () => unwrap(api.GET('/api/auth/me'))

export async function logIn(credentials: Credentials): Promise<void> {
  await unwrap(api.POST('/api/auth/login', { body: credentials }))
}

export async function register(registration: Registration): Promise<void> {
  await unwrap(api.POST('/api/auth/register', { body: registration }))
}

export async function logOut(): Promise<void> {
  await unwrap(api.POST('/api/auth/logout'))
}
