import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type Device = components['schemas']['Device']

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

/** Has a letter sent to that address, if there is such an account; which of both is told to nobody. */
export async function forgotPassword(email: string): Promise<void> {
  await unwrap(api.POST('/api/auth/forgot-password', { body: { email } }))
}

export async function resetPassword(token: string, password: string): Promise<void> {
  await unwrap(api.POST('/api/auth/reset-password', { body: { token, password } }))
}

export async function changePassword(currentPassword: string, password: string): Promise<void> {
  await unwrap(api.PUT('/api/auth/password', { body: { currentPassword, password } }))
}

export const fetchDevices = async (): Promise<Device[]> => (await unwrap(api.GET('/api/auth/sessions'))).items

/** Those that are left. */
export const signDeviceOut = async (id: string): Promise<Device[]> =>
  (await unwrap(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }))).items

export const signOthersOut = async (): Promise<Device[]> => (await unwrap(api.DELETE('/api/auth/sessions'))).items
