using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin;

/// <summary>Names for the ids of those who did something.</summary>
internal sealed class People
{
    private const int Most = 20;
    private readonly Dictionary<Guid, string> _names = [];
    private Guid? _me;

    private sealed record Line(string DisplayName);

    /// <summary>Asks for those who are needed; who cannot be read keeps the number.</summary>
    public static async Task<People> OfAsync(OfficeDesk desk, params IEnumerable<Guid?> ids)
    {
        var people = new People { _me = desk.Me };
        var asked = ids.OfType<Guid>().Where(id => id != desk.Me).Distinct().Take(Most).Select(async id =>
            (id, (await desk.GetAsync<Line>($"admin/staff/{id}")).Value?.DisplayName));
        foreach (var (id, name) in await Task.WhenAll(asked))
        {
            if (name is not null)
                people._names[id] = name;
        }

        return people;
    }

    public Cell Of(Guid? id) => id is not { } known ? "" : known == _me ? Bilingual("Bạn", "You") : _names.TryGetValue(known, out var name)
        ? new Cell(name, $"/admin/staff/{known}") : known.ToString();

    public Cell Of(IEnumerable<Guid> ids) => string.Join(", ", ids.Select(id => Of(id).Text));
}
