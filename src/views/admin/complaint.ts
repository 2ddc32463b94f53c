/** Something that is wrong, and how to fix it. */
export type Complaint = { readonly about: string; readonly problem: string; readonly remedy: string }
