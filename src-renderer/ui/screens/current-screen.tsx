import { useNavigationStore } from '../stores/navigation-store';
import { Blocks } from './blocks/blocks';
import { Dashboard } from './dashboard/dashboard';
import { DoctorScreen } from './doctor/doctor';
import { Graphics } from './graphics/graphics';
import { Jobs } from './jobs/jobs';
import { SettingsScreen } from './settings/settings-screen';
import { Tasks } from './tasks/tasks';
import { Wallet } from './wallet/wallet';

/** The section the person is in. */
export function CurrentScreen() {
  const screen = useNavigationStore((store) => store.screen);
  switch (screen) {
    case 'dashboard':
      return <Dashboard />;
    case 'tasks':
      return <Tasks />;
    case 'jobs':
      return <Jobs />;
    case 'blocks':
      return <Blocks />;
    case 'wallet':
      return <Wallet />;
    case 'graphics':
      return <Graphics />;
    case 'doctor':
      return <DoctorScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
