#!/usr/bin/env node
import { run } from './node-version.js';

run(import.meta.url, 'aiops-mcp.js');
