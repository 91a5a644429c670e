// Who may call what. One line for each route and each state of what it is about; README.md says how to add to it.
//
// `yes` is a success, a number is the status of the refusal. What is somebody else's answers 404, as if it were not there.

/** The columns. */
export const COLUMNS = {
  visitor: "nobody is signed in",
  owner: "the owner that it belongs to",
  stranger: "another owner",
  vet: "the verified vet of the consultation",
  colleague: "another verified vet",
  applicant: "a vet whose first licence is under review",
  refused: "a vet whose first licence was refused",
  suspended: "a suspended vet",
  partner: "groomer or boarding house",
  admin: "staff",
};

/** Routes over HTTP. */
export const ROUTES = `
# for everybody
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /healthz                                                 -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /readyz                                                  -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/openapi.json                                        -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/docs/                                               -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /                                                        -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /dokter                                                  -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /verifikasi                                              -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /robots.txt                                              -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /sitemap.xml                                             -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /masuk                                                   -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /akun                                                    -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/app-config                                          -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/triage                                              -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/doctors                                             -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/roles/dokter                                        -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/triage/check                                       -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/client-errors                                      -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/auth/register                                      -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/auth/login                                         -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/auth/forgot-password                               -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/auth/reset-password                                -          410     410   410      410  410       410       410     410       410     410
POST /api/auth/refresh                                       -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /metrics                                                 -          401     401   401      401  401       401       401     401       401     401
GET /dokter/{id}                                             active     yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/doctors/{id}                                        active     yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/doctors/{id}/slots                                  active     yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/doctors/{id}/reviews                                active     yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/doctors/{id}/picture                                active     yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /dokter/{id}                                             applied    404     404   404      404  404       404       404     404       404     404
GET /dokter/{id}                                             suspended  404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}                                        applied    404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}                                        suspended  404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}/slots                                  applied    404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}/slots                                  suspended  404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}/reviews                                applied    404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}/reviews                                suspended  404     404   404      404  404       404       404     404       404     404
GET /api/doctors/{id}/picture                                applied    404     404   404      404  404       yes       404     404       404     yes
GET /api/doctors/{id}/picture                                suspended  yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/records/verify/{code}                               ended      yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /verifikasi/{code}                                       ended      yes     yes   yes      yes  yes       yes       yes     yes       yes     yes

# the own account
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/auth/me                                             -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/auth/sessions                                       -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
DELETE /api/auth/sessions/{id}                               active     401     yes   404      404  404       404       404     404       404     404
DELETE /api/auth/sessions                                    -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
PUT /api/auth/password                                       -          401     403   403      403  403       403       403     403       403     403
POST /api/auth/logout                                        -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes

# pets
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/pets                                                -          401     yes   yes      403  403       yes       yes     403       403     403
POST /api/pets                                               -          401     yes   yes      403  403       yes       yes     403       403     403
GET /api/pets/{id}                                           active     401     yes   404      403  403       404       404     403       403     403
GET /api/pets/{id}/timeline                                  active     401     yes   404      403  403       404       404     403       403     403
PATCH /api/pets/{id}                                         active     401     yes   404      403  403       404       404     403       403     403
PUT /api/pets/{id}/photo                                     active     401     yes   404      403  403       404       404     403       403     403
POST /api/pets/{id}/weights                                  active     401     yes   404      403  403       404       404     403       403     403
POST /api/pets/{id}/vaccinations                             active     401     yes   404      403  403       404       404     403       403     403
DELETE /api/pets/{id}/weights/{weightId}                     active     401     yes   404      403  403       404       404     403       403     403
DELETE /api/pets/{id}/vaccinations/{vaccinationId}           active     401     yes   404      403  403       404       404     403       403     403
DELETE /api/pets/{id}                                        active     401     yes   404      403  403       404       404     403       403     403
DELETE /api/pets/{id}                                        ended      401     yes   404      403  403       404       404     403       403     403
GET /api/pets/{id}/photo                                     pending    401     yes   404      404  404       404       404     404       404     404
GET /api/pets/{id}/photo                                     booked     401     yes   404      yes  404       404       404     404       404     404
GET /api/pets/{id}/photo                                     active     401     yes   404      yes  404       404       404     404       404     404
GET /api/pets/{id}/photo                                     suspended  401     yes   404      404  404       404       404     yes       404     404

# what is said before paying
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
POST /api/intakes                                            -          401     yes   yes      403  403       yes       yes     403       403     403
GET /api/intakes/{id}                                        active     401     yes   404      403  403       404       404     403       403     403
POST /api/intakes/{id}/pictures                              pending    401     yes   404      403  403       404       404     403       403     403
GET /api/intake-pictures/{id}                                pending    401     yes   404      404  404       404       404     404       404     404
GET /api/intake-pictures/{id}                                active     401     yes   404      yes  404       404       404     404       404     404
GET /api/intake-pictures/{id}                                ended      401     yes   404      yes  404       404       404     404       404     404

# buying
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
POST /api/payment/consulting                                 new        401     yes   404      403  403       404       404     403       403     403
POST /api/payment/consulting                                 applied    401     404   404      403  403       404       404     403       403     403
POST /api/payment/consulting                                 suspended  401     404   404      403  403       404       404     403       403     403
POST /api/payment/notification                               pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /api/payment/notification                               forged     403     403   403      403  403       403       403     403       403     403
GET /api/payment/{transactionId}                             pending    401     yes   404      403  403       404       404     403       403     403
POST /api/payment/{transactionId}/refresh                    pending    401     yes   404      403  403       404       404     403       403     403
GET /api/payment/{transactionId}                             active     401     yes   404      403  403       404       404     403       403     403
POST /api/payment/{transactionId}/refresh                    active     401     yes   404      403  403       404       404     403       403     403

# consultations
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/consultations                                       -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/consultations                                       pending    401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/consultations                                       suspended  401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/consultations/{id}                                  pending    401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}                                  booked     401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}                                  active     401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}                                  ended      401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}                                  suspended  401     yes   404      404  404       404       404     yes       404     404
GET /api/consultations/{id}/intake                           pending    401     yes   404      404  404       404       404     404       404     404
GET /api/consultations/{id}/intake                           active     401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/intake                           ended      401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/intake                           suspended  401     yes   404      404  404       404       404     yes       404     404
GET /api/consultations/{id}/pet                              pending    401     yes   404      404  404       404       404     404       404     404
GET /api/consultations/{id}/pet                              active     401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/pet                              ended      401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/pet                              suspended  401     yes   404      404  404       404       404     yes       404     404
POST /api/consultations/{id}/cancel                          pending    401     yes   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/cancel                          booked     401     yes   404      yes  404       404       404     404       404     404
POST /api/consultations/{id}/cancel                          active     401     409   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/cancel                          ended      401     409   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/reschedule                      booked     401     yes   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/reschedule                      active     401     409   404      403  403       404       404     403       403     403
GET /api/consultations/{id}/alternatives                     late       401     yes   404      403  403       404       404     403       403     403
GET /api/consultations/{id}/alternatives                     active     401     409   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/transfer                        late       401     yes   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/transfer                        active     401     409   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/refund                          late       401     yes   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/refund                          active     401     409   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/extension                       active     401     yes   404      yes  404       404       404     404       404     404
POST /api/consultations/{id}/extension                       ended      401     409   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/extension/accept                asked      401     409   404      yes  404       404       404     404       404     404
POST /api/consultations/{id}/extension/decline               asked      401     yes   404      yes  404       404       404     404       404     404
POST /api/consultations/{id}/extension/accept                active     401     409   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/extension/decline               active     401     409   404      409  404       404       404     404       404     404
POST /api/consultations/{id}/follow-up                       closed     401     yes   404      yes  404       404       404     404       404     404
POST /api/consultations/{id}/follow-up                       active     401     409   404      409  404       404       404     404       404     404

# summaries, notes, replies
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/consultations/{id}/record                           active     401     404   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/record                           ended      401     yes   404      yes  404       404       404     404       404     404
GET /api/consultations/{id}/record.pdf                       active     401     404   404      404  404       404       404     404       404     404
GET /api/consultations/{id}/record.pdf                       ended      401     yes   404      yes  404       404       404     404       404     404
PUT /api/consultations/{id}/record                           active     401     403   403      yes  404       403       403     404       403     403
PUT /api/consultations/{id}/record                           ended      401     403   403      yes  404       403       403     404       403     403
PUT /api/consultations/{id}/record                           pending    401     403   403      409  404       403       403     404       403     403
POST /api/consultations/{id}/record/finish                   late       401     403   403      404  404       403       403     404       403     403
POST /api/consultations/{id}/record/finish                   ended      401     403   403      yes  404       403       403     404       403     403
GET /api/consultations/{id}/notes                            active     401     403   403      yes  404       403       403     404       403     403
GET /api/consultations/{id}/notes                            ended      401     403   403      yes  404       403       403     404       403     403
GET /api/consultations/{id}/notes                            suspended  401     403   403      404  404       403       403     yes       403     403
PUT /api/consultations/{id}/notes                            active     401     403   403      yes  404       403       403     404       403     403
PUT /api/consultations/{id}/notes                            ended      401     403   403      yes  404       403       403     404       403     403
PUT /api/consultations/{id}/notes                            suspended  401     403   403      404  404       403       403     yes       403     403
GET /api/doctors/me/replies                                  -          401     403   403      yes  yes       403       403     yes       403     403
POST /api/doctors/me/replies                                 -          401     403   403      yes  yes       403       403     yes       403     403
PUT /api/doctors/me/replies/{id}                             active     401     403   403      yes  404       403       403     404       403     403
DELETE /api/doctors/me/replies/{id}                          active     401     403   403      yes  404       403       403     404       403     403
PUT /api/doctors/me/replies/{id}                             suspended  401     403   403      404  404       403       403     yes       403     403

# reviews
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/consultations/{id}/review                           ended      401     yes   404      403  403       404       404     403       403     403
GET /api/consultations/{id}/review                           active     401     404   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/review                          closed     401     yes   404      403  403       404       404     403       403     403
POST /api/consultations/{id}/review                          active     401     409   404      403  403       404       404     403       403     403
PUT /api/consultations/{id}/review                           ended      401     yes   404      403  403       404       404     403       403     403
POST /api/reviews/{consultationId}/reply                     ended      401     403   403      yes  404       403       403     404       403     403

# conversations
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/conversations                                       -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/conversations/{id}                                  active     401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/messages                         active     401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/transcript.json                  active     401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/transcript.pdf                   active     401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}                                  ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/messages                         ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/transcript.json                  ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/transcript.pdf                   ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/conversations/{id}/messages                         suspended  401     yes   403      403  403       403       403     yes       403     403
GET /api/conversations/{id}/transcript.json                  suspended  401     yes   403      403  403       403       403     yes       403     403
POST /api/conversations/{id}/messages                        active     401     yes   403      yes  403       403       403     403       403     403
POST /api/conversations/{id}/messages                        ended      401     403   403      403  403       403       403     403       403     403
POST /api/conversations/{id}/attachments                     active     401     yes   403      yes  403       403       403     403       403     403
POST /api/conversations/{id}/attachments                     ended      401     403   403      403  403       403       403     403       403     403
POST /api/conversations/{id}/uploads                         active     401     yes   403      yes  403       403       403     403       403     403
POST /api/conversations/{id}/uploads                         ended      401     403   403      403  403       403       403     403       403     403
POST /api/conversations/{id}/messages                        suspended  401     yes   403      403  403       403       403     yes       403     403
PATCH /api/messages/end/{conversationId}                     active     401     yes   403      yes  403       403       403     403       403     403
PATCH /api/messages/end/{conversationId}                     ended      401     400   403      400  403       403       403     403       403     403
PATCH /api/messages/end/{conversationId}                     suspended  401     yes   403      403  403       403       403     yes       403     403
GET /api/messages/client                                     active     401     yes   403      yes  403       403       403     403       403     403
GET /api/messages/client                                     ended      401     yes   403      yes  403       403       403     403       403     403
POST /api/messages/send/{receiverId}                         active     401     yes   403      yes  403       403       403     403       403     403
POST /api/messages/send/{receiverId}                         ended      401     403   403      403  403       403       403     403       403     403
POST /api/messages/send/{receiverId}                         pending    401     403   403      403  403       403       403     403       403     403
POST /api/messages/client/send/{receiverId}                  active     401     yes   403      yes  403       403       403     403       403     403
POST /api/messages/client/send/{receiverId}                  ended      401     403   403      403  403       403       403     403       403     403
POST /api/messages/client/send/{receiverId}                  pending    401     403   403      403  403       403       403     403       403     403
GET /api/messages/search                                     -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /api/messages/search                                     active     401     yes   403      yes  403       403       403     403       403     403
GET /api/attachments/{id}                                    active     401     yes   403      yes  403       403       403     403       403     403
GET /api/attachments/{id}                                    ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/attachments/{id}                                    suspended  401     yes   403      403  403       403       403     yes       403     403
GET /api/attachments/{id}/thumbnail                          active     401     yes   403      yes  403       403       403     403       403     403
GET /api/attachments/{id}/thumbnail                          ended      401     yes   403      yes  403       403       403     403       403     403
GET /api/uploads/{id}                                        active     401     yes   404      404  404       404       404     404       404     404
PATCH /api/uploads/{id}                                      active     401     yes   404      404  404       404       404     404       404     404

# vets' own pages
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
POST /api/doctors/applications                               new        401     yes   yes      403  403       409       409     403       403     403
GET /api/doctors/me                                          -          401     404   404      yes  yes       yes       yes     yes       404     404
PATCH /api/doctors/me                                        -          401     404   404      yes  yes       yes       yes     yes       404     404
PUT /api/doctors/me/picture                                  -          401     404   404      yes  yes       yes       yes     yes       404     404
POST /api/doctors/me/licences                                -          401     404   404      yes  yes       409       yes     yes       404     404
POST /api/doctors/me/licences/{id}/documents                 applied    401     404   404      404  404       yes       404     404       404     404
GET /api/licence-documents/{id}                              applied    401     404   404      404  404       yes       404     404       404     yes
GET /api/doctors/me/availability                             -          401     403   403      yes  yes       403       403     yes       403     403
PUT /api/doctors/me/availability                             -          401     403   403      yes  yes       403       403     yes       403     403
GET /api/statistic/conversations/monthly/{doctorId}          active     401     403   403      yes  403       403       403     403       403     yes
GET /api/statistic/conversations/monthly/{doctorId}          suspended  401     403   403      403  403       403       403     yes       403     yes
GET /api/statistic/profit/monthly/{doctorId}                 active     401     403   403      yes  403       403       403     403       403     yes
GET /api/statistic/profit/monthly/{doctorId}                 suspended  401     403   403      403  403       403       403     yes       403     yes

# the staff
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
GET /api/admin/audit                                         -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/doctors                                       -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/gateway-reports                               -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/jobs                                          -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/refunds                                       -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/reviews                                       -          401     403   403      403  403       403       403     403       403     yes
GET /api/admin/doctors/{id}                                  applied    401     403   403      403  403       403       403     403       403     yes
POST /api/admin/licences/{id}/accept                         applied    401     403   403      403  403       403       403     403       403     yes
POST /api/admin/licences/{id}/refuse                         applied    401     403   403      403  403       403       403     403       403     yes
POST /api/admin/doctors/{id}/suspend                         active     401     403   403      403  403       403       403     403       403     yes
POST /api/admin/doctors/{id}/reinstate                       suspended  401     403   403      403  403       403       403     403       403     yes
POST /api/admin/jobs/{id}/retry                              active     401     403   403      403  403       403       403     403       403     yes
POST /api/admin/refunds/{id}/retry                           owed       401     403   403      403  403       403       403     403       403     yes
POST /api/admin/refunds/{id}/paid-out                        owed       401     403   403      403  403       403       403     403       403     yes
POST /api/reviews/{consultationId}/hide                      ended      401     403   403      403  403       403       403     403       403     yes
POST /api/reviews/{consultationId}/show                      ended      401     403   403      403  403       403       403     403       403     yes

# the simulated gateway
route                                                        state      visitor owner stranger vet  colleague applicant refused suspended partner admin
POST /sandbox/midtrans/snap/v1/transactions                  -          401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/snap/v1/transactions/{token}/cancel   pending    401     401   401      401  401       401       401     401       401     401
GET /sandbox/midtrans/v2/{orderId}/status                    pending    401     401   401      401  401       401       401     401       401     401
GET /sandbox/midtrans/v2/{orderId}/status/b2b                pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/cancel                   pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/expire                   pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/approve                  pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/deny                     pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/refund                   pending    401     401   401      401  401       401       401     401       401     401
POST /sandbox/midtrans/v2/{orderId}/refund/online/direct     pending    401     401   401      401  401       401       401     401       401     401
GET /sandbox/midtrans/snap/v1/transactions/{token}/page      pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /sandbox/midtrans/snap/v1/transactions/{token}/qr.svg    pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /sandbox/midtrans/snap/v4/redirection/{token}            pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /sandbox/midtrans/snap/snap.js                           -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
GET /sandbox/midtrans/snap/page/{file}                       -          yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /sandbox/midtrans/snap/v1/transactions/{token}/charge   pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /sandbox/midtrans/snap/v1/transactions/{token}/outcome  pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
POST /sandbox/midtrans/simulate/{orderId}                    pending    yes     yes   yes      yes  yes       yes       yes     yes       yes     yes
`;

/**
 * Events that a client may send over a socket, to the other of the two; visitors have none. Who is not one of the two writes to
 * the vet. `as owner` is a call that says it came from the owner.
 */
export const EVENTS = `
event                      state      visitor owner stranger vet  colleague applicant refused suspended partner admin
connect                    -          401     yes   yes      yes  yes       yes       yes     yes       yes     yes
connect as owner           active     401     yes   403      403  403       403       403     403       403     403
sendMessage                pending    401     403   403      403  403       403       403     403       403     403
sendMessage                active     401     yes   403      yes  403       403       403     403       403     403
sendMessage as owner       active     401     yes   403      403  403       403       403     403       403     403
sendMessage                ended      401     403   403      403  403       403       403     403       403     403
sendMessage                suspended  401     yes   403      403  403       403       403     yes       403     403
typing                     pending    401     403   403      403  403       403       403     403       403     403
typing                     active     401     yes   403      yes  403       403       403     403       403     403
typing as owner            active     401     yes   403      403  403       403       403     403       403     403
typing                     ended      401     403   403      403  403       403       403     403       403     403
typing                     suspended  401     yes   403      403  403       403       403     yes       403     403
markAsRead                 pending    401     403   403      403  403       403       403     403       403     403
markAsRead                 active     401     yes   403      yes  403       403       403     403       403     403
markAsRead as owner        active     401     yes   403      403  403       403       403     403       403     403
markAsRead                 ended      401     yes   403      yes  403       403       403     403       403     403
markAsRead                 suspended  401     yes   403      403  403       403       403     yes       403     403
markAsDelivered            active     401     yes   403      yes  403       403       403     403       403     403
markAsDelivered            ended      401     yes   403      yes  403       403       403     403       403     403
markAsDelivered            suspended  401     yes   403      403  403       403       403     yes       403     403
anything else              -          401     404   404      404  404       404       404     404       404     404
`;

/**
 * What people write, and whom it may ever reach, by state where that differs. `told` are the routes that tell it to anybody.
 * @type {Record<string, Record<string, any>>}
 */
export const SECRETS = {
  email: { always: "owner admin", told: ["POST /api/auth/login", "POST /api/auth/refresh"] },
  // A vet sees whose the time is that is held unpaid, and nothing else of it.
  petName: { always: "owner vet", suspended: "owner suspended", told: ["GET /api/records/verify/{code}"] },
  petNotes: { always: "owner vet", pending: "owner", suspended: "owner suspended" },
  complaint: { always: "owner vet", pending: "owner", suspended: "owner suspended" },
  message: { always: "owner vet", suspended: "owner suspended" },
  note: { always: "vet", suspended: "suspended" },
  draft: { always: "vet" },
  record: { always: "owner vet" },
  reply: { always: "vet", suspended: "suspended" },
  licence: { always: "applicant admin" },
};
