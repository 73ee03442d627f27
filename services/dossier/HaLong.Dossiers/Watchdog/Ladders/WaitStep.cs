namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>One step of a ladder.</summary>
/// <param name="Level">One of <see cref="Contracts.WaitLevels"/>.</param>
/// <param name="Episode">Which wait it belongs to; with the level it is given once.</param>
/// <param name="At">When.</param>
/// <param name="Latest">The date it warns of.</param>
internal sealed record WaitStep(string Level, string Episode, DateTimeOffset At, DateTimeOffset Latest);
