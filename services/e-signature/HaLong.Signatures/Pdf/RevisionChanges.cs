namespace HaLong.Signatures.Pdf;

/// <summary>
/// Compares a file with what one of its signatures covers. What a later revision may do is add signatures: a longer list of fields,
/// signature widgets on pages, a signature in a field that waited for it, validation data. Everything else is a change after signing, also
/// when a later signature covers it.
/// </summary>
internal sealed class RevisionChanges
{
    private readonly PdfFile covered;
    private readonly PdfFile newest;
    private readonly Dictionary<int, int> shown;
    private readonly Dictionary<int, Func<PdfValue, PdfValue, bool>> rules = [];

    private RevisionChanges(PdfFile covered, PdfFile newest, Dictionary<int, int> shown)
    {
        (this.covered, this.newest, this.shown) = (covered, newest, shown);
        rules[covered.Root.Number] = (before, after) => SameBut(before, after, (key, x, y) => key switch
        {
            "AcroForm" => SameReference(x, y) || FormGrew(covered.Resolve(x), newest.Resolve(y)),
            "DSS" or "Extensions" => true,
            _ => false,
        });
        if (covered.Catalog["AcroForm"] is PdfReference form)
            rules.TryAdd(form.Number, FormGrew);
        if (covered.Dictionary(covered.Catalog["AcroForm"])?["Fields"] is PdfReference fields)
            rules.TryAdd(fields.Number, WidgetsAdded);
        foreach (var field in SignatureFields.Waiting(covered))
            rules.TryAdd(field.Number, (before, after) =>
                SameBut(before, after, (key, x, _) => x is null && key is "V" or "AP" or "M") && IsSignatureWidget(field));
        // Another program may write the store anew in its place; nothing but evidence is named by these keys.
        if (covered.Catalog["DSS"] is PdfReference store)
            rules.TryAdd(store.Number, (before, after) => SameBut(before, after, (key, _, _) => key is "Certs" or "OCSPs" or "CRLs" or "VRI"));
        foreach (var page in Pages())
        {
            rules.TryAdd(page.Number, (before, after) => SameBut(before, after, (key, x, y) =>
                key == "Annots" && (SameReference(x, y) || WidgetsAdded(covered.Resolve(x), newest.Resolve(y)))));
            if (covered.Dictionary(page)?["Annots"] is PdfReference annotations)
                rules.TryAdd(annotations.Number, WidgetsAdded);
        }
    }

    /// <summary>Whether the newest revision shows the same document as <paramref name="covered"/>, apart from signatures.</summary>
    /// <param name="covered">What the signature covers.</param>
    /// <param name="newest">The whole file.</param>
    /// <param name="shown">Signatures that may show something on a page, because somebody answers for it: where each stands, and where what it
    /// covers ends.</param>
    public static bool OnlySignaturesAdded(PdfFile covered, PdfFile newest, Dictionary<int, int> shown)
    {
        if (covered.Root != newest.Root)
            return false;
        var changes = new RevisionChanges(covered, newest, shown);
        return covered.Places.All(entry => !entry.Value.InUse || changes.Permits(entry.Key)) && !changes.FillsGap();
    }

    private bool Permits(int number)
    {
        if (Unmoved(number))
            return true;
        if (!newest.Places.TryGetValue(number, out var place) || place.Generation != covered.Places[number].Generation)
            return false;
        var (before, after) = (covered.Get(number), newest.Get(number));
        return Same(before, after) || IsCrossReference(before, after) || (rules.TryGetValue(number, out var rule) && rule(before, after));
    }

    private bool Unmoved(int number)
    {
        var before = covered.Places[number];
        return newest.Places.TryGetValue(number, out var after) && after == before
            && (before.Container == 0
                || (newest.Places.TryGetValue(before.Container, out var container)
                    && covered.Places.TryGetValue(before.Container, out var old) && container == old));
    }

    /// <summary>
    /// The shadow attack: the signed revision refers to an object that does not exist yet, and a later revision supplies it.
    /// </summary>
    private bool FillsGap()
    {
        var added = newest.Places.Where(e => e.Value.InUse && !(covered.Places.TryGetValue(e.Key, out var before)
            && before.InUse)).Select(e => e.Key).ToHashSet();
        return added.Count > 0 && covered.Places.Any(e => e.Value.InUse
            && References(covered.Get(e.Key)).Any(r => added.Contains(r.Number)));
    }

    private bool FormGrew(PdfValue before, PdfValue after) => SameBut(before, after, (key, x, y) => key switch
    {
        "Fields" => SameReference(x, y) || WidgetsAdded(covered.Resolve(x), newest.Resolve(y)),
        "SigFlags" or "DR" or "DA" => true,
        _ => false,
    });

    // The old items in their order, then only signature widgets.
    private bool WidgetsAdded(PdfValue before, PdfValue after)
    {
        if (before is not (PdfArray or PdfNull) || after is not PdfArray grown)
            return false;
        var old = (before as PdfArray)?.Items ?? [];
        return grown.Items.Count >= old.Count
            && old.Zip(grown.Items).All(pair => Same(pair.First, pair.Second))
            && grown.Items.Skip(old.Count).All(IsSignatureWidget);
    }

    private bool IsSignatureWidget(PdfValue item) =>
        newest.Dictionary(item) is { } widget && widget.Name("FT") == "Sig" && widget.Name("Subtype") is "Widget" or null
        && (!IsVisible(widget) || IsVouchedFor(item, widget));

    // By the signature in it, which must cover the widget: one that names an older signature is nobody's.
    private bool IsVouchedFor(PdfValue item, PdfDictionary widget) => item is PdfReference reference
        && newest.Dictionary(widget["V"])?["Contents"] is PdfString contents && shown.TryGetValue(contents.Start, out var end)
        && newest.Places.TryGetValue(reference.Number, out var place)
        && (place.Container == 0 ? place.Offset : newest.Places.GetValueOrDefault(place.Container).Offset) < end;

    // An overlay that calls itself a signature is one way to change what a page shows; without a size nothing of it is drawn.
    private bool IsVisible(PdfDictionary widget) => (newest.Dictionary(widget["AP"]) ?? newest.Dictionary(widget["MK"])) is not null
        && PdfBox.Of(newest, widget["Rect"]) is not ({ Width: 0 } or { Height: 0 });

    private bool SameBut(PdfValue before, PdfValue after, Func<string, PdfValue?, PdfValue?, bool> exception)
    {
        if (after is not PdfDictionary fresh || before is not (PdfDictionary or PdfNull))
            return false;
        var old = before as PdfDictionary;
        return (old?.Entries.Keys ?? []).Union(fresh.Entries.Keys).All(key =>
            (old?[key] is { } x && fresh[key] is { } y && Same(x, y)) || exception(key, old?[key], fresh[key]));
    }

    private bool Same(PdfValue before, PdfValue after) => PdfComparer.Same(covered, before, newest, after);

    private static bool SameReference(PdfValue? before, PdfValue? after) => before is PdfReference && before == after;

    private static bool IsCrossReference(PdfValue before, PdfValue after) =>
        before is PdfStream a && after is PdfStream b && a.Dictionary.Name("Type") == "XRef" && b.Dictionary.Name("Type") == "XRef";

    private static IEnumerable<PdfReference> References(PdfValue value) => value switch
    {
        PdfReference reference => [reference],
        PdfArray array => array.Items.SelectMany(References),
        PdfDictionary dictionary => dictionary.Entries.Values.SelectMany(References),
        PdfStream stream => References(stream.Dictionary),
        _ => [],
    };

    private IEnumerable<PdfReference> Pages()
    {
        var (visited, queue) = (new HashSet<int>(), new Queue<PdfValue?>([covered.Catalog["Pages"]]));
        while (queue.TryDequeue(out var node))
        {
            if (node is not PdfReference reference || !visited.Add(reference.Number) || covered.Dictionary(reference) is not { } dictionary)
                continue;
            if (dictionary["Kids"] is null)
                yield return reference;
            else
                foreach (var kid in covered.Array(dictionary["Kids"])?.Items ?? [])
                    queue.Enqueue(kid);
        }
    }
}
