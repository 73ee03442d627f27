using System.Runtime.CompilerServices;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Statistics.Facts;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>Reads what became of dossiers from the facts.</summary>
internal sealed class OutcomeReader(NpgsqlDataSource database)
{
    // One pass over the facts and one sort, whatever the number of procedures.
    private static readonly string Sql = $"""
        SELECT procedure_code, unit_code, received_day, resolved_day, whole FROM (
          SELECT f.procedure_code, f.unit_code, f.received_day, f.resolved_day, f.closed_day,
            f.stay_minutes[array_position(f.stay_kinds, {StayKind.Whole}::smallint)] AS whole
          FROM statistics.fact f WHERE f.resolved_day >= $1 OR (f.resolved_day IS NULL AND f.received_day >= $2)) o
        WHERE whole IS NOT NULL OR (resolved_day IS NULL AND closed_day IS NULL)
        ORDER BY procedure_code
        """;

    /// <summary>Results from the first day of what may be looked back at, and what was filed from then on and is open; what ended without a result is not
    /// here. One procedure after the other.</summary>
    /// <param name="back">Results from this day on.</param>
    /// <param name="from">Open ones that were filed from this day on.</param>
    /// <param name="today">Until when those wait.</param>
    /// <param name="calendar">Which days are working days.</param>
    /// <param name="perDay">Minutes of a working day.</param>
    /// <param name="ct">Cancels.</param>
    public async IAsyncEnumerable<List<Outcome>> ReadAsync(
        DateOnly back, DateOnly from, DateOnly today, WorkCalendar calendar, int perDay, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = back });
        command.Parameters.Add(new() { Value = from });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var outcomes = new List<Outcome>();
        while (await reader.ReadAsync(ct))
        {
            var (procedure, received) = (reader.GetString(0), reader.GetFieldValue<DateOnly>(2));
            if (outcomes.Count > 0 && outcomes[0].Procedure != procedure)
            {
                yield return outcomes;
                outcomes = [];
            }

            var ended = reader.IsDBNull(3) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(3);
            // Of an open one only the days between count: it may have come in the evening and be ready in the morning.
            var minutes = ended is not null ? reader.GetInt32(4) : Math.Max(0, calendar.Between(received.DayNumber, today.DayNumber) - 1) * perDay;
            outcomes.Add(new Outcome(procedure, reader.GetString(1), received, ended, minutes));
        }

        if (outcomes.Count > 0)
            yield return outcomes;
    }
}
