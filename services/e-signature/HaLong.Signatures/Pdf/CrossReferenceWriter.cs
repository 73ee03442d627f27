using System.Buffers.Binary;
using System.Globalization;

namespace HaLong.Signatures.Pdf;

/// <summary>Writes the cross-reference section of an appended revision, in the form the file already uses.</summary>
internal static class CrossReferenceWriter
{
    public static void WriteTable(Stream target, SortedDictionary<int, (long Offset, int Generation)> written, Dictionary<string,
        PdfValue> trailer, int size)
    {
        PdfWriter.WriteAscii(target, "xref\n");
        foreach (var run in Runs(written.Keys))
        {
            PdfWriter.WriteAscii(target, string.Create(CultureInfo.InvariantCulture, $"{run[0]} {run.Count}\n"));
            foreach (var number in run)
                PdfWriter.WriteAscii(target, string.Create(CultureInfo.InvariantCulture,
                    $"{written[number].Offset:D10} {written[number].Generation:D5} n\r\n"));
        }

        trailer["Size"] = PdfWriter.Number(size);
        PdfWriter.WriteAscii(target, "trailer\n");
        PdfWriter.Write(target, new PdfDictionary(trailer));
        PdfWriter.WriteAscii(target, "\n");
    }

    public static void WriteStream(Stream target, SortedDictionary<int, (long Offset, int Generation)> written, Dictionary<string,
        PdfValue> trailer, int number, long start)
    {
        written[number] = (start, 0);
        var rows = new byte[written.Count * 7];
        var row = 0;
        foreach (var (offset, generation) in written.Values)
        {
            rows[row] = 1;
            BinaryPrimitives.WriteUInt32BigEndian(rows.AsSpan(row + 1), (uint)offset);
            BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(row + 5), (ushort)generation);
            row += 7;
        }

        trailer["Type"] = new PdfName("XRef");
        trailer["Size"] = PdfWriter.Number(number + 1);
        trailer["W"] = new PdfArray([PdfWriter.Number(1), PdfWriter.Number(4), PdfWriter.Number(2)]);
        trailer["Index"] = new PdfArray([.. Runs(written.Keys).SelectMany(run =>
            new[] { PdfWriter.Number(run[0]), PdfWriter.Number(run.Count) })]);
        trailer["Length"] = PdfWriter.Number(rows.Length);
        PdfWriter.WriteAscii(target, string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
        PdfWriter.Write(target, new PdfDictionary(trailer));
        PdfWriter.WriteAscii(target, "\nstream\n");
        target.Write(rows);
        PdfWriter.WriteAscii(target, "\nendstream\nendobj\n");
    }

    private static List<List<int>> Runs(IEnumerable<int> numbers)
    {
        var runs = new List<List<int>>();
        foreach (var number in numbers)
        {
            if (runs.Count == 0 || runs[^1][^1] + 1 != number)
                runs.Add([]);
            runs[^1].Add(number);
        }

        return runs;
    }
}
