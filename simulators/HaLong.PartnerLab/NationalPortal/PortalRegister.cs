namespace HaLong.PartnerLab.NationalPortal;

/// <summary>
/// What the portal knows of dossiers and messages. It does what real ones do: the last message that is applied wins, whatever its age, and a message
/// id counts once. Held messages wait until a later one about the same dossier has overtaken them.
/// </summary>
internal sealed class PortalRegister(TimeProvider clock)
{
    private const int MostMessages = 200_000;

    /// <summary>States that a dossier does not leave: not accepted, withdrawn, stopped, returned.</summary>
    private static readonly int[] Over = [3, 7, 8, 10];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, PortalDossier> dossiers = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<Guid, (string State, string? Error)> messages = [];
    private readonly Dictionary<string, List<PortalMessage>> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PortalEffect>> effects = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (gate)
                return dossiers.Count;
        }
    }

    public PortalDossier? Find(string code)
    {
        lock (gate)
            return dossiers.GetValueOrDefault(code);
    }

    /// <summary>Dossiers after a code, in the order of codes.</summary>
    public IReadOnlyList<PortalDossier> After(string code, int limit)
    {
        lock (gate)
            return [.. dossiers.Where(d => string.CompareOrdinal(d.Key, code) > 0).Take(limit).Select(d => d.Value)];
    }

    public IReadOnlyList<PortalEffect> EffectsOf(string code)
    {
        lock (gate)
            return [.. effects.GetValueOrDefault(code) ?? []];
    }

    public (string State, string? Error)? StateOf(Guid message)
    {
        lock (gate)
            return messages.TryGetValue(message, out var state) ? state : null;
    }

    /// <summary>Why the message cannot be taken, as the portal's code; null when it can.</summary>
    public string? Objection(PortalMessage message)
    {
        lock (gate)
        {
            var known = dossiers.GetValueOrDefault(message.Code);
            if (message.Kind != PortalMessage.Dossier && known is null)
                return "4041";
            return known is not null && Over.Contains(known.TrangThaiHoSo) && message.Status != known.TrangThaiHoSo ? "4004" : null;
        }
    }

    /// <summary>Notes a message before anything becomes of it; false when its id is known.</summary>
    public bool Take(Guid message)
    {
        lock (gate)
        {
            if (!messages.TryAdd(message, (PortalMessageState.Pending, null)))
                return false;
            if (messages.Count > MostMessages)
                messages.RemoveAt(0);
            return true;
        }
    }

    public void Reject(Guid message, string error)
    {
        lock (gate)
            messages[message] = (PortalMessageState.Rejected, error);
    }

    /// <summary>Keeps a message back until a later one has overtaken it, or it is released.</summary>
    public void Hold(PortalMessage message)
    {
        lock (gate)
        {
            if (!held.TryGetValue(message.Code, out var waiting))
                held[message.Code] = waiting = [];
            waiting.Add(message);
        }
    }

    /// <summary>Lets all that is held back come, late as it is.</summary>
    public int Release()
    {
        lock (gate)
        {
            var late = held.Values.SelectMany(m => m).ToList();
            held.Clear();
            late.ForEach(ApplyOne);
            return late.Count;
        }
    }

    /// <summary>The message takes effect, and after it those that it has overtaken.</summary>
    public void Apply(PortalMessage message)
    {
        lock (gate)
        {
            ApplyOne(message);
            if (held.Remove(message.Code, out var overtaken))
                overtaken.ForEach(ApplyOne);
        }
    }

    /// <summary>A backup is put back: the dossier is in the state that it was in before.</summary>
    public void Forget(string code, PortalDossier? before)
    {
        lock (gate)
        {
            if (before is null)
                dossiers.Remove(code);
            else
                dossiers[code] = before;
        }
    }

    /// <summary>Sets a state by hand; null takes the dossier away.</summary>
    public void Set(string code, int? status)
    {
        lock (gate)
        {
            if (status is not { } wanted)
                dossiers.Remove(code);
            else
                dossiers[code] = dossiers.GetValueOrDefault(code) is { } known
                    ? known with { TrangThaiHoSo = wanted, ThoiDiem = clock.GetUtcNow() }
                    : new PortalDossier(code, wanted, null, null, null, null, clock.GetUtcNow());
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            dossiers.Clear();
            messages.Clear();
            held.Clear();
            effects.Clear();
        }
    }

    private void ApplyOne(PortalMessage message)
    {
        if (Objection(message) is { } error)
        {
            messages[message.Id] = (PortalMessageState.Rejected, error);
            return;
        }

        var (now, before) = (clock.GetUtcNow(), dossiers.GetValueOrDefault(message.Code));
        dossiers[message.Code] = message.Kind switch
        {
            PortalMessage.Dossier => new PortalDossier(
                message.Code, message.Status, message.Text("NgayTiepNhan"), message.Text("NgayHenTra"), message.Text("NgayKetThucXuLy"), message.Hash, now),
            PortalMessage.OfStatus => before! with { TrangThaiHoSo = message.Status, ThoiDiem = now },
            _ => before!,
        };
        messages[message.Id] = (PortalMessageState.Applied, null);
        if (!effects.TryGetValue(message.Code, out var list))
            effects[message.Code] = list = [];
        list.Add(new PortalEffect(message.Id, message.Kind, dossiers[message.Code].TrangThaiHoSo, message.Hash, now));
    }
}
