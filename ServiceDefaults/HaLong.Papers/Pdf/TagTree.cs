namespace HaLong.Papers.Pdf;

/// <summary>What the parts of a paper are and in which order they are read: headings, paragraphs, tables. Reading programs go by it.</summary>
internal sealed class TagTree
{
    private readonly Tag root = new("Document", null, "");
    private readonly List<List<Tag>> marked = [];
    private Tag current;

    public TagTree() => current = root;

    /// <summary>Name of the innermost open part; null when none is open.</summary>
    public string? Current => current == root ? null : current.Name;

    public void AddPage() => marked.Add([]);

    /// <param name="name">Standard structure type: H1, P, Table, TR, TH, TD, Figure.</param>
    /// <param name="entries">More entries of its dictionary.</param>
    public void Begin(string name, string entries = "")
    {
        var tag = new Tag(name, current, entries);
        current.Kids.Add(tag);
        current = tag;
    }

    public void End() => current = current.Parent ?? throw new InvalidOperationException("Nothing is open.");

    /// <summary>The next piece of the last page belongs to the open part; gives its number on the page.</summary>
    public int Mark()
    {
        marked[^1].Add(current);
        current.Kids.Add((marked.Count - 1, marked[^1].Count - 1));
        return marked[^1].Count - 1;
    }

    /// <summary>Writes the tree; gives its object.</summary>
    public int Write(PdfObjects objects, IReadOnlyList<int> pages)
    {
        var tree = objects.Reserve();
        Write(objects, root, tree, pages);
        var parents = string.Join('\n', marked.Select((tags, page) => $"{page} [{string.Join(' ', tags.Select(t => $"{t.Id} 0 R"))}]"));
        var back = objects.Add($"<</Nums[{parents}]>>");
        return objects.Put(tree, $"<</Type/StructTreeRoot/K[{root.Id} 0 R]/ParentTree {back} 0 R/ParentTreeNextKey {marked.Count}>>");
    }

    private static void Write(PdfObjects objects, Tag tag, int parent, IReadOnlyList<int> pages)
    {
        tag.Id = objects.Reserve();
        foreach (var kid in tag.Kids.OfType<Tag>())
            Write(objects, kid, tag.Id, pages);
        var kids = tag.Kids.Select(kid => kid is (int page, int number) ? $"<</Type/MCR/Pg {pages[page]} 0 R/MCID {number}>>" : $"{((Tag)kid).Id} 0 R");
        objects.Put(tag.Id, $"<</Type/StructElem/S/{tag.Name}/P {parent} 0 R{tag.Entries}/K[{string.Join(' ', kids)}]>>");
    }

    private sealed class Tag(string name, Tag? parent, string entries)
    {
        public string Name => name;
        public Tag? Parent => parent;
        public string Entries => entries;
        public int Id { get; set; }

        /// <summary>Other parts, or pieces of pages as (page, number).</summary>
        public List<object> Kids { get; } = [];
    }
}
