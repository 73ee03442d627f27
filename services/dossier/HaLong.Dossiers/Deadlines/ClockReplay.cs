namespace HaLong.Dossiers.Deadlines;

/// <summary>Goes through the entries of a clock and keeps where both clocks stand. Moments are local ticks; zero is never.</summary>
internal struct ClockReplay(Counting counting, DeadlineRules rules, List<Stretch>? stretches)
{
    private readonly Counting counting = counting;
    private long latest, received, start, stood, standsSince, stopped;
    private long firstStart, waited, waitedWork, appointedAt;
    private int appointment, appointmentStood, extensions;

    public void Apply(ClockEntry entry)
    {
        var at = latest = Math.Max(latest, LocalTicks.Of(entry.At));
        switch (entry.Effect)
        {
            case ClockEffect.Start or ClockEffect.Restart:
                Start(at);
                break;
            case ClockEffect.Pause when start != 0 && standsSince == 0 && stopped == 0:
                standsSince = at;
                break;
            case ClockEffect.Resume when standsSince != 0 && stopped == 0:
                GoOn(at);
                break;
            case ClockEffect.Extend when entry.ExtendTo is { } to && start != 0 && stopped == 0 && extensions < rules.MaxExtensions:
                Extend(LocalTicks.Day(LocalTicks.Of(to)), at);
                break;
            case ClockEffect.Stop when start != 0 && stopped == 0:
                if (standsSince != 0)
                    GoOn(at);
                stopped = at;
                break;
        }
    }

    /// <summary>The limit begins, or begins anew from zero; for statistics it goes on, without the waiting.</summary>
    public void Start(long at)
    {
        if (standsSince != 0)
            GoOn(at);
        stretches?.Clear();
        if (received == 0)
            received = at;
        start = counting.Enter(at);
        if (firstStart == 0)
            firstStart = start;
        (stood, stopped, appointment, appointmentStood) = (0, 0, 0, 0);
    }

    public readonly Deadline Result(TimeLimit limit, WorkCalendar calendar, long now)
    {
        if (start == 0)
            return default;
        var end = stopped != 0 ? stopped : Math.Max(now, latest);
        var until = this;
        if (standsSince != 0)
            until.GoOn(end);
        var due = until.Due;
        return new Deadline
        {
            State = stopped != 0 ? ClockState.Stopped : standsSince != 0 ? ClockState.Paused : ClockState.Running,
            Start = start,
            Due = due,
            Original = until.OriginalDue,
            StatisticalDue = until.StatisticalDue,
            StatisticalUsed = counting.WorkBetween(firstStart, end) - until.waitedWork,
            StoppedTicks = stopped,
            Extensions = extensions,
            LateAgainstOriginal = rules.LateAgainstOriginal,
            ByTheHour = limit.IsByTheHour,
            Assumed = calendar.IsUnsure(LocalTicks.Day(received), Math.Max(LocalTicks.Day(due), LocalTicks.Day(until.StatisticalDue))),
        };
    }

    private readonly long OriginalDue => counting.End(start, stood);

    private readonly long StatisticalDue => counting.End(firstStart, waited);

    private readonly long Due => appointment == 0 ? OriginalDue : Math.Max(OriginalDue, counting.Appointment(appointment, appointmentStood));

    private void Extend(int day, long at)
    {
        extensions++;
        // An appointment that is no later than what the limit gives anyway changes nothing.
        (appointment, appointmentStood, appointedAt) = (day, 0, at);
    }

    /// <summary>The clock goes on. What had ended before it stood does not begin to run again: a pause does not heal lateness.</summary>
    private void GoOn(long at)
    {
        var (from, waitedFrom) = (Math.Max(standsSince, start), Math.Max(standsSince, firstStart));
        if (from < Due && from < at)
        {
            stretches?.Add(new Stretch(from, at));
            if (appointment != 0)
                appointmentStood += counting.StoodDays(Math.Max(from, appointedAt), at);
            if (from < OriginalDue)
                stood += counting.Stood(from, at);
        }
        if (waitedFrom < StatisticalDue && waitedFrom < at)
            waited += counting.Stood(waitedFrom, at);
        waitedWork += counting.WorkBetween(waitedFrom, at);
        standsSince = 0;
    }
}
