using System.Text.Json;

namespace HaLong.PartnerLab.Dials;

internal static class DialEndpoints
{
    /// <summary>A dial's setting: value is a number or true.</summary>
    internal sealed record Setting(JsonElement? Value, int? Times, string? Target);

    public static void MapDials(this IEndpointRouteBuilder app)
    {
        var dials = app.MapGroup("/dials").AllowAnonymous();
        dials.MapGet("", (DialBoard board) => new { on = board.All, known = DialBoard.Known });
        dials.MapPut("/{name}", Put);
        dials.MapDelete("", (DialBoard board) => board.Clear());
        dials.MapDelete("/{name}", (string name, DialBoard board) =>
        {
            foreach (var full in DialBoard.Resolve(name))
                board.Clear(full);
        });
    }

    private static IResult Put(string name, Setting setting, DialBoard board)
    {
        var names = DialBoard.Resolve(name);
        if (names.Count == 0)
            return TypedResults.Problem($"No dial is called {name}: see GET /dials.", statusCode: StatusCodes.Status404NotFound);
        if (setting.Times is < 1)
            return TypedResults.Problem("times is at least 1.", statusCode: StatusCodes.Status400BadRequest);

        var value = setting.Value switch
        {
            null or { ValueKind: JsonValueKind.True } => 1,
            { ValueKind: JsonValueKind.False } => 0,
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            _ => double.NaN,
        };
        if (double.IsNaN(value))
            return TypedResults.Problem("value is a number, true or false.", statusCode: StatusCodes.Status400BadRequest);

        foreach (var full in names)
        {
            if (value == 0)
                board.Clear(full);
            else
                board.Set(new Dial(full, value, setting.Times, setting.Target));
        }

        return TypedResults.Ok(board.All.Where(dial => names.Contains(dial.Name)));
    }
}
