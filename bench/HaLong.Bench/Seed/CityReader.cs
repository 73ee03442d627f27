using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Deadlines;
using Npgsql;

namespace HaLong.Bench.Seed;

/// <summary>Reads what a city is made from: units through the gateway, procedures and calendar from the database of the platform.</summary>
internal static class CityReader
{
    private const int AssumedDays = 20;

    public static async Task<City> ReadAsync(string gateway, NpgsqlConnection open, DateOnly today)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway) };
        var page = (await http.GetFromJsonAsync<JsonNode>("/api/v1/units?level=commune&limit=100"))!;
        var units = page["items"]!.AsArray().Select(Unit).OrderByDescending(u => u.Code == City.DemoUnit).ThenBy(u => u.Code, StringComparer.Ordinal).ToList();
        var (version, special) = await CalendarAsync(open);
        var calendar = new WorkCalendar(version, special, special.GroupBy(d => d.Date.Year).ToDictionary(y => y.Key, _ => true));
        var now = new DateTimeOffset(today, new TimeOnly(7, 30), TimeSpan.FromHours(7)).ToUniversalTime();
        return new City(units, await ProceduresAsync(open), calendar, version, City.DaysBefore(today, calendar), now);
    }

    private static SeedUnit Unit(JsonNode? u)
    {
        var (code, name) = (u!["code"]!.GetValue<string>(), u["name"]?.GetValue<string>() ?? u["nameVi"]!.GetValue<string>());
        return new SeedUnit(code, u["id"]?.GetValue<string>() ?? code, name, u["nameEn"]?.GetValue<string>() ?? name);
    }

    private static async Task<List<SeedProcedure>> ProceduresAsync(NpgsqlConnection open)
    {
        await using var command = new NpgsqlCommand("SELECT id, code, name_vi, name_en, content -> 'timeLimit' FROM procedure WHERE valid_to IS NULL AND content_hash <> 'bench' ORDER BY code", open);
        await using var rows = await command.ExecuteReaderAsync();
        var procedures = new List<SeedProcedure>();
        while (await rows.ReadAsync())
        {
            var limit = JsonElement.Parse(rows.GetString(4));
            var known = limit.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number;
            procedures.Add(new SeedProcedure(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3),
                known ? TimeLimit.Of(value.GetDecimal(), limit.GetProperty("unit").GetString()) : TimeLimit.WorkingDays(AssumedDays), !known));
        }

        return procedures;
    }

    private static async Task<(long Version, List<SpecialDay> Days)> CalendarAsync(NpgsqlConnection open)
    {
        await using var command = new NpgsqlCommand("SELECT date, kind, name_vi, name_en, coalesce((SELECT max(version) FROM calendar_version), 0) FROM calendar_day ORDER BY date", open);
        await using var rows = await command.ExecuteReaderAsync();
        var (version, days) = (0L, new List<SpecialDay>());
        while (await rows.ReadAsync())
        {
            version = rows.GetInt64(4);
            days.Add(new SpecialDay(rows.GetFieldValue<DateOnly>(0), Enum.Parse<DayKind>(rows.GetString(1), ignoreCase: true), rows.GetString(2), rows.GetString(3), "seed", true));
        }

        return (version, days);
    }
}
