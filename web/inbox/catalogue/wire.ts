/** What the catalogue answers (contract.md): the shapes its screens read. */

export interface Store {
  id: string;
  code: string;
  name: string;
  address: string;
  city: string;
  lat: number | null;
  lon: number | null;
  phone: string;
  timezone: string;
  hours: string;
  holidays: string[];
  services: string[];
}
