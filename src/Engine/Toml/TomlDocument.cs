namespace AgentDeck.Engine.Toml;

/// <summary>Reads a whole document line by line. Used once.</summary>
/// <param name="scanner">Stands at the start.</param>
internal sealed class TomlDocument(TomlScanner scanner)
{
    private readonly TomlTableBuilder _root = new(TomlTableOrigin.Header, new TomlPosition(1, 1));

    /// <summary>Reads it.</summary>
    public TomlTable Read()
    {
        var (table, depth) = (_root, 0);
        scanner.SkipBlankLines();
        while (!scanner.AtEnd)
        {
            if (scanner.Next == '[')
            {
                (table, depth) = ReadHeader();
            }
            else
            {
                TomlValueReader.ReadEntry(scanner, table, depth);
            }

            RequireEndOfLine();
            scanner.SkipBlankLines();
        }

        return _root.Build();
    }

    private (TomlTableBuilder Table, int Depth) ReadHeader()
    {
        scanner.Take();
        var isItem = scanner.TryTake('[');
        var path = TomlKey.ReadPath(scanner);
        if (!scanner.TryTake(']') || (isItem && !scanner.TryTake(']')))
        {
            throw scanner.Expected(isItem ? $"']]' after '[[{TomlKey.Print(path)}'" : $"']' after '[{TomlKey.Print(path)}'");
        }

        return (isItem ? _root.DefineItem(path) : _root.DefineTable(path), path.Count);
    }

    private void RequireEndOfLine()
    {
        scanner.SkipBlanks();
        scanner.SkipComment();
        if (!scanner.AtEnd && !scanner.AtNewline)
        {
            throw scanner.Expected("the end of the line");
        }
    }
}
